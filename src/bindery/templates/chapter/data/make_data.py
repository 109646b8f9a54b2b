"""Makes the simulated data of this chapter: run it in this folder, and the same files come out."""

from pathlib import Path

import numpy as np

SEED = 1


def main(folder=Path(__file__).parent):
    rng = np.random.default_rng(SEED)
    rows = [f"{session},{count}" for session, count in enumerate(rng.poisson(6, 12), 1)]
    (Path(folder) / "counts.csv").write_text("session,count\n" + "\n".join(rows) + "\n", encoding="utf-8")
    (Path(folder) / "template.csv").write_text("\ufeffsession;count\n", encoding="utf-8")


if __name__ == "__main__":
    main()
