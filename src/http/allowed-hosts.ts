/**
 * A page of the web can have its own name resolve to 127.0.0.1, and would then read every decision from the browser of
 * somebody who sits at this machine (DNS rebinding). The `Host` header tells: it has the name that the page was loaded by.
 */
import type { Context, MiddlewareHandler } from 'hono';
import type { AppEnv } from './dependencies.ts';
import { hostOf, isLoopback } from './hosts.ts';
import { answerProblem } from './problems.ts';

/** Probes ask by an address that nobody knows beforehand, and these tell nothing of a person. */
const ASKED_BY_PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** 421 where the request names a host that is neither this machine's own nor one of these, as `readHost` writes them. */
export function refuseOtherHosts(allowedHosts: readonly string[]): MiddlewareHandler<AppEnv> {
  const allowed: ReadonlySet<string> = new Set(['localhost', ...allowedHosts]);
  return async (c, next) => {
    if (ASKED_BY_PROBES.has(c.req.path)) return next();
    const hosts = authoritiesOf(c).map(hostOf);
    if (hosts.length === 0 || hosts.includes(null))
      return answerProblem(c, {
        name: 'malformed-request',
        detail: 'A request has one Host header: a host name or an address, and a port if need be.',
      });
    const other = hosts.find((host) => host !== null && !allowed.has(host) && !isLoopback(host));
    if (!other) return next();
    return answerProblem(c, {
      name: 'misdirected-request',
      detail: `The service does not answer for ${other}. Ask for localhost, or have ALLOWED_HOSTS name this host.`,
    });
  };
}

/** Every host that the request names, with its port; none where it has no Host header, or two. */
function authoritiesOf(c: Context<AppEnv>): string[] {
  const { incoming } = c.env ?? {};
  if (incoming === undefined) return [new URL(c.req.url).host];
  // Node's `headers` has only the first of several.
  const { rawHeaders } = incoming;
  const given = rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'host');
  if (given.length !== 1) return [];
  // GET http://host/path, as proxies are asked: the host of the target counts, whatever the header says.
  return incoming.url?.startsWith('/') ? given : [...given, new URL(c.req.url).host];
}
