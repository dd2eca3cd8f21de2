"""§6: seeds and keys."""

from ssj_core.entropy import text as text_source
from ssj_core.seed import key, seed
from tests.vectors.sections.commitments import commitments
from tests.vectors.sections.shared import Case, agree, refused


def seeds() -> list[Case]:
    """Canonical text, seeds, keys."""
    made: list[Case] = []
    for name, raw, known in (
        ("text-plain", "314159 26535", "314159 26535"),
        ("text-outer-blanks", " \t314159\u3000\n", "314159"),
        ("text-full-width", "３１４１５９，ＡＢ～", "314159,AB~"),
        ("text-ideographic-space-inside", "福\u3000平", "福 平"),
        ("text-decomposed", "e\u0301", "é"),
        ("text-leading-zeros", "08772473296991897540", "08772473296991897540"),
        ("text-case-is-kept", "aA", "aA"),
    ):
        agree(name, text_source.canonical(raw), known)
        made.append({"name": name, "kind": "text", "raw": raw, "canonical": known, "bits": text_source.bits(known)})
    example = commitments()[0]["commitment"]
    for name, commitment, entropy in (
        ("seed-one-source", example, ["text:31415 92653 58979 32384"]),
        ("seed-two-sources", example, ["text:31415 92653 58979 32384", "os:" + "5" * 64]),
        ("seed-order-counts", example, ["os:" + "5" * 64, "text:31415 92653 58979 32384"]),
        ("seed-other-commitment", "f" * 64, ["text:31415 92653 58979 32384"]),
        ("seed-chinese", example, ["text:福平县住建局"]),
    ):
        made.append(
            {
                "name": name,
                "kind": "seed",
                "commitment": commitment,
                "entropy": entropy,
                "expect": "ok",
                "seed": seed(commitment, entropy),
            }
        )
    for name, entropy in (
        ("seed-refused-no-entropy", []),
        ("seed-refused-line-feed", ["text:a\nb"]),
        ("seed-refused-decomposed", ["text:e\u0301"]),
    ):
        agree(name, refused(lambda entropy=entropy: seed(example, entropy)), True)  # type: ignore[misc]
        made.append({"name": name, "kind": "seed", "commitment": example, "entropy": entropy, "expect": "refused"})
    for name, value, draw_id, purpose, scope in (
        ("key-subject", "0" * 64, "example-1", "subject", "all"),
        ("key-other-seed", "f" * 64, "example-1", "subject", "all"),
        ("key-other-draw", "0" * 64, "example-2", "subject", "all"),
        ("key-other-purpose", "0" * 64, "example-1", "other", "all"),
        ("key-other-scope", "0" * 64, "example-1", "subject", "市场监管"),
    ):
        made.append(
            {
                "name": name,
                "kind": "key",
                "seed": value,
                "draw_id": draw_id,
                "purpose": purpose,
                "scope": scope,
                "key": key(value, draw_id, purpose, scope),
            }
        )
    return made
