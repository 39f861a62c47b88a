"""The interface in English: pages are written in Chinese and read through a list of phrases."""
