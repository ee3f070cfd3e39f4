/** The oldest Node.js that this runs on, as `package.json` says. */
export const oldestNode = '20.19';

/** This Node.js is too old; whatever else would go wrong in it says nothing. */
export class NodeVersionError extends Error {
  override readonly name = 'NodeVersionError';
}

/** @throws {NodeVersionError} */
export function requireNode(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldestNode.split('.').map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new NodeVersionError(`This needs Node.js ${oldestNode} or newer, and runs on ${version}.`);
}
