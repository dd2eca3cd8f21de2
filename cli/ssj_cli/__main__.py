"""`python -m ssj_cli`: the command where no script was installed, as in the portable folder."""

import sys

from ssj_cli.main import main

if __name__ == "__main__":
    sys.argv[0] = "ssj-core"
    main()
