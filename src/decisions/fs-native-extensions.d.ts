declare module 'fs-native-extensions' {
  /** A lock of the open file, not of the process: false when any other open file holds it. */
  export function tryLock(descriptor: number): boolean;
}
