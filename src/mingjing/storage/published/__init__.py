"""What was released to the public: all that the portal reads."""
