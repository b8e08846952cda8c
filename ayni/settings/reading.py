"""Settings of reading: how much of a file is read before it is refused with a code."""

from ayni.settings import env

# Bytes of one file once it is unpacked. Higher lets one file keep a worker for longer.
AYNI_READ_MAX_BYTES = env.integer("AYNI_READ_MAX_BYTES", 2 * 1024**3, lowest=1)
# How many times its packed size a file may unpack to, beyond 64 MB. Text seldom passes
# 30; lower refuses honest archives, higher reads more of a bomb.
AYNI_READ_MAX_RATIO = env.integer("AYNI_READ_MAX_RATIO", 200, lowest=1)
# Records of one file.
AYNI_READ_MAX_ROWS = env.integer("AYNI_READ_MAX_ROWS", 20_000_000, lowest=1)
# Columns of one file. Each costs memory in every batch.
AYNI_READ_MAX_COLUMNS = env.integer("AYNI_READ_MAX_COLUMNS", 2_000, lowest=1)
# Bytes of one line. As much is kept until its end is found.
AYNI_READ_MAX_LINE_BYTES = env.integer(
    "AYNI_READ_MAX_LINE_BYTES", 4 * 1024**2, lowest=1
)
# Bytes of one cell; a longer one refuses its row, not the file.
AYNI_READ_MAX_FIELD_BYTES = env.integer("AYNI_READ_MAX_FIELD_BYTES", 1024**2, lowest=1)
# Characters of one column's name.
AYNI_READ_MAX_HEADER_CHARS = env.integer("AYNI_READ_MAX_HEADER_CHARS", 200, lowest=1)
# Bytes of the texts a workbook keeps in one place; all of them are held in memory.
AYNI_READ_MAX_TEXTS_BYTES = env.integer(
    "AYNI_READ_MAX_TEXTS_BYTES", 128 * 1024**2, lowest=1
)
