/** What `GET /rule-sets/:prefecture/:incident/versions` answers. */
import { z } from 'zod';

const instant = z.iso.datetime();
export const listSchema = z.object({
  versions: z.array(
    z.strictObject({
      ...{ version: z.string(), commit: z.string().nullable(), authoredAt: z.string().nullable() },
      ...{ firstLoadedAt: instant, firstCurrentAt: instant.nullable(), lastCurrentAt: instant.nullable() },
      ...{ isCurrent: z.boolean(), href: z.string() },
      current: z.array(z.strictObject({ since: instant, until: instant.nullable() })),
    }),
  ),
});
