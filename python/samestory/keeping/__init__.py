"""Results that outlive a session: kept in files, and continued."""

# What results ask for, and the modules that have it: see `samestory._lookup`.
BY_NAME = {
    "pack_stories": "files",
    "save_stories": "files",
    "save_vectorizer": "vectorizers",
    "unpack_stories": "files",
    "updated": "update",
}
