"""Two texts of the same place, in one."""

from annotations.combining import combine_texts
from cases import each


@each(
    ("theirs", "mine", "both"),
    [
        ("One", "Two", "One\n\nTwo"),
        ("One\r\nmore", "Two ", "One\nmore\n\nTwo "),
        ("", "Two", "Two"),
        ("One", "", "One"),
        ("One", "One and two", "One and two"),
        ("One and two", "two", "One and two"),
    ],
)
def test_nothing_of_either_is_lost_and_nothing_said_twice(theirs, mine, both):
    assert combine_texts(theirs, mine) == both
