"""`python -m ssj_cli`: the command where no script was installed, as in the portable folder."""

import sys

if __name__ == "__main__":
    sys.argv[0] = "ssj-core"
    try:
        from ssj_cli.main import main
    except KeyboardInterrupt:  # somebody was quicker than the programme, which cannot yet say so
        sys.exit(130)
    main()
