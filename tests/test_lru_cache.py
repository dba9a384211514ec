from threading import Thread

from django.core.cache import caches

from newsreader.lru_cache import LRUCache, measure


def make_cache(size: int) -> LRUCache:
    return LRUCache(f"of {size} bytes", {"OPTIONS": {"MAX_BYTES": size}})


def test_what_was_used_last_stays_within_the_bound():
    value = ("a" * 1_000, ["b" * 1_000])
    cache = make_cache(3 * measure(value))
    for name in "abc":
        cache.set(name, value)
    assert cache.get("a") is value
    cache.set("d", value)
    assert [name for name in "abcd" if cache.get(name)] == ["a", "c", "d"]
    cache.set("e", "x" * 10_000)  # larger than the whole cache
    assert cache.get("e") is None
    assert cache.add("d", "other") is False
    assert cache.delete("d")
    assert not cache.delete("d")
    cache.clear()
    assert cache.get("a", "nothing") == "nothing"


def test_a_value_is_as_large_as_all_it_holds():
    assert 2_000 <= measure("a" * 1_000) <= measure((1, ["a" * 1_000])) <= 2_400


def test_all_threads_of_a_server_share_what_one_of_them_kept():
    caches["fragments"].set("drawn", "by one thread")
    found = []
    thread = Thread(target=lambda: found.append(caches["fragments"].get("drawn")))
    thread.start()
    thread.join()
    assert found == ["by one thread"]
