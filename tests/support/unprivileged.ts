import { spawnSync } from 'node:child_process';
import { chownSync, cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A program and how to start it. */
export interface Command {
  program: string;
  arguments: string[];
  /** For `spawn`. */
  identity: { uid?: number; gid?: number };
}

/** Postgres refuses to run as root; this says how to run it anyway. */
export interface Unprivileged {
  /** Folder of the Postgres programs, readable for the user that will run them. */
  programs: string;
  command(program: string, args: string[]): Command;
}

/**
 * As an ordinary user: nothing special. As root: in a user namespace where root goes by another number, which
 * still reads what only root may read. Where namespaces are forbidden (most containers): as another user, on a
 * copy of the programs, because that user cannot enter a folder that only root may enter.
 */
export function unprivileged(native: string, scratch: string): Unprivileged {
  const { command, user } = ordinaryUser();
  if (user === null) return { programs: join(native, 'bin'), command };
  const copy = join(scratch, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  chownSync(scratch, user.uid, user.gid);
  return { programs: join(copy, 'bin'), command };
}

/** Runs programs without the rights of root. `user` is null where they own what this process owns. */
export function ordinaryUser(): Pick<Unprivileged, 'command'> & {
  user: { uid: number; gid: number } | null;
} {
  if (process.getuid?.() !== 0)
    return { command: (program, args) => ({ program, arguments: args, identity: {} }), user: null };
  const user = someUser();
  const namespace = ['--user', `--map-user=${user.uid}`];
  if (spawnSync('unshare', [...namespace, 'true']).status === 0) {
    const command = (program: string, args: string[]): Command => ({
      program: 'unshare',
      arguments: [...namespace, program, ...args],
      identity: {},
    });
    return { command, user: null };
  }
  const command = (program: string, args: string[]): Command => ({
    program,
    arguments: args,
    identity: user,
  });
  return { command, user };
}

/** initdb looks its user up by number, so it must be one the system knows. */
function someUser(): { uid: number; gid: number } {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid, gid }) => uid > 0 && gid > 0);
  const user = users.find(({ name }) => name === 'nobody') ?? users[0];
  if (!user) throw new Error('Postgres refuses to run as root and /etc/passwd knows nobody else');
  return { uid: user.uid, gid: user.gid };
}
