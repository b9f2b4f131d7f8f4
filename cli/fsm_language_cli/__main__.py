"""`python -m fsm_language_cli` is the same as `fsm-language`."""

from fsm_language_cli.run import main

main()
