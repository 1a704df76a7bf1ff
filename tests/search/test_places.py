from __future__ import annotations

from trainer.search.domain.places import Places

PLACES = Places(["厦门", "厦门湾", "青岛", "福建", "开封市"])


def test_another_city_is_remarked_in_the_order_of_the_question() -> None:
    assert PLACES.named("青岛和厦门哪个多", "示例市") == ("青岛", "厦门")


def test_the_own_city_never_is() -> None:
    assert PLACES.named("厦门租房提取", "厦门市") == ()
    assert PLACES.named("厦门租房提取", "厦门") == ()
    assert PLACES.named("示例市租房提取", "示例市") == ()


def test_a_longer_name_hides_the_shorter_one_in_it() -> None:
    assert PLACES.named("厦门湾", "示例市") == ("厦门湾",)


def test_a_word_is_no_place() -> None:
    assert PLACES.named("资料开封后", "示例市") == ()
