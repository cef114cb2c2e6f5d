"""What holds for every test."""

import signal

# A shell that runs us in the background has us ignore Ctrl-C, and so would every program that
# a test starts and then interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
