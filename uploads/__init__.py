"""Files that people send in: what may come, under which name it is kept, and how it is sent out again."""
