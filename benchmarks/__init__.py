"""Speed and memory beside our peers: same file, same machine, same run."""
