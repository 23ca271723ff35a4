const KEPT = 10_000;

/** What was made for the key, the same object as long as it is remembered; all is forgotten when there is too much of it. */
export function remembered<Key, Made>(known: Map<Key, Made>, key: Key, make: () => Made): Made {
  const before = known.get(key);
  if (before !== undefined) return before;
  if (known.size >= KEPT) known.clear();
  const made = make();
  known.set(key, made);
  return made;
}
