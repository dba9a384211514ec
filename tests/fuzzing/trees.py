"""Changes of trees, as JSON holds them."""

import json
from copy import deepcopy
from random import Random

from fuzzing.mutations import MAX_BYTES, mutate_words, pick_number

REVERSED = {"start": "end", "end": "start"}


def mutate_json(chance: Random, data: bytes) -> bytes:
    """The tree with some of its values dropped, doubled, exchanged or replaced."""
    tree = json.loads(data)
    for _ in range(chance.randint(1, 4)):
        change_tree(chance, tree)
    return json.dumps(tree, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")[:MAX_BYTES]


def change_tree(chance: Random, tree) -> None:
    """Change one value of the tree."""
    places = list(list_places(tree))
    if places:
        chance.choice(TREE_CHANGES)(chance, places)


def list_places(tree):
    """Yield (container, key) of every value of a tree."""
    waiting = [tree]
    while waiting:
        container = waiting.pop()
        keys = (
            list(container)
            if isinstance(container, dict)
            else range(len(container))
            if isinstance(container, list)
            else ()
        )
        for key in keys:
            yield container, key
            waiting.append(container[key])


def drop_value(chance: Random, places: list) -> None:
    container, key = chance.choice(places)
    del container[key]


def double_value(chance: Random, places: list) -> None:
    container, key = chance.choice([place for place in places if isinstance(place[0], list)] or places)
    copy = deepcopy(container[key])
    if isinstance(container, list):
        container[key:key] = [copy] * chance.choice([1, 1, 1, 50])
    else:
        container[mutate_words(chance, key)] = copy


def exchange_values(chance: Random, places: list) -> None:
    (one, first), (other, second) = chance.choice(places), chance.choice(places)
    one[first], other[second] = deepcopy(other[second]), deepcopy(one[first])


def replace_value(chance: Random, places: list) -> None:
    container, key = chance.choice(places)
    nested: list = []
    for _ in range(chance.choice([1, 3, 300])):
        nested = [nested]
    numbers = [pick_number(chance), 0.5, 1e308]
    container[key] = chance.choice(
        [None, True, False, {}, [], "", nested, {"id": None}, *numbers, mutate_words(chance, "x")]
    )


def wrap_value(chance: Random, places: list) -> None:
    container, key = chance.choice(places)
    value = container[key]
    unwrapped = value[0] if isinstance(value, list) and value else value
    container[key] = chance.choice([[value], {"value": value}, {"id": value}, unwrapped, [[value]], str(value)])


def change_leaf(chance: Random, places: list) -> None:
    leaves = [(container, key) for container, key in places if isinstance(container[key], str | int | float)]
    container, key = chance.choice(leaves or places)
    value = container[key]
    container[key] = mutate_words(chance, value) if isinstance(value, str) else pick_number(chance, len(str(value)))


def reverse_offsets(chance: Random, places: list) -> None:
    offsets = [(container, key) for container, key in places if isinstance(container, dict) and key in REVERSED]
    if not offsets:
        return
    container, key = chance.choice(offsets)
    other = REVERSED[key]
    container[key], container[other] = container.get(other), container[key]


def move_offset(chance: Random, places: list) -> None:
    offsets = [(container, key) for container, key in places if key in REVERSED and isinstance(container[key], int)]
    for container, key in offsets[: chance.randint(1, 9)]:
        container[key] = pick_number(chance, container[key])


def shuffle_list(chance: Random, places: list) -> None:
    lists = [container[key] for container, key in places if isinstance(container[key], list)]
    if lists:
        chance.shuffle(chance.choice(lists))


def rename_key(chance: Random, places: list) -> None:
    objects = [(container, key) for container, key in places if isinstance(container, dict)]
    if objects:
        container, key = chance.choice(objects)
        container[chance.choice([f"@{key}", key.upper(), mutate_words(chance, key), chance.choice(objects)[1]])] = (
            container.pop(key)
        )


TREE_CHANGES = [
    *[drop_value, double_value, exchange_values, replace_value, wrap_value, change_leaf, change_leaf],
    *[reverse_offsets, move_offset, shuffle_list, rename_key],
]
