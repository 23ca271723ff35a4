/** Where the service listens: only here, unless it was told that everybody may read and decide. */
import { lookup } from 'node:dns/promises';
import { isLoopback, readHost } from '../http/hosts.ts';
import { BadSettings, type Settings } from './settings.ts';

/**
 * The address that HOST stands for: what is checked here is what is listened on, also where a name comes to mean another
 * address later. Rejects with BadSettings where it stands for none, or reaches beyond loopback and was not allowed to.
 */
export async function listenAddress({
  host,
  insecureNoKeys,
}: Pick<Settings, 'host' | 'insecureNoKeys'>): Promise<string> {
  const { address } = await lookup(readHost(host) ?? host).catch(() => {
    throw new BadSettings({
      en: `HOST=${host} is neither an address nor a name that resolves to one. Give an address of this machine such as 127.0.0.1, without a port; PORT has that.`,
      ja: `HOST=${host} は、アドレスでも、アドレスのわかる名前でもありません。127.0.0.1 など、このコンピューターのアドレスを書いてください（ポートは PORT に書きます）。`,
    });
  });
  if (isLoopback(address) || insecureNoKeys) return address;
  throw new BadSettings({
    en: `HOST=${host} listens beyond this machine, and the service asks nobody for a key: whoever reaches the port may read every decision with its facts, and have decisions logged. Leave HOST out to listen on 127.0.0.1, or set INSECURE_NO_KEYS=1 if that is what you want, as behind a proxy that checks who asks.`,
    ja: `HOST=${host} では、このコンピューターの外からもつながります。このサービスは鍵（認証）を求めないため、つながる人はだれでも、すべての判定を事実ごと読み、判定を記録させることができます。127.0.0.1 だけで受けるなら HOST を書かず、承知のうえで外から受けるなら（利用者を確かめるプロキシの後ろなど）INSECURE_NO_KEYS=1 を設定してください。`,
  });
}

/** For the log, where it was allowed to. */
export const openToAll = (address: string): string | null =>
  isLoopback(address)
    ? null
    : 'INSECURE_NO_KEYS=1: whoever reaches this port may read every decision, and have decisions logged';
