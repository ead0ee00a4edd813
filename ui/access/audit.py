"""The log of who came in, and of who added and removed documents: names and addresses, never a password."""

import logging

audit = logging.getLogger("hemeroteca.audit")
audit.setLevel(logging.INFO)
