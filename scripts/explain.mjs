const reasons = {
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  EROFS: "it is read-only",
  ENOSPC: "the disk is full",
};

/** An error in words for people: a file that cannot be written is told by its place and what helps. */
export function explain(error) {
  const reason = reasons[error.code];
  if (reason === undefined || error.path === undefined) return error.message;
  return (
    `Cannot write ${error.path}: ${reason}. infraskill keeps its toolchain, its packages and, unless INFRASKILL_DATA_DIR ` +
    "says otherwise, its data in the clone: clone it into a folder of yours."
  );
}
