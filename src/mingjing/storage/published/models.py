"""What was released to the public: all that the portal reads."""

from __future__ import annotations
