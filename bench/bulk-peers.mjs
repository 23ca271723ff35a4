/**
 * What a bulk run is measured against: reading the same cases and writing lines of the same size, deciding nothing.
 * node bulk-peers.mjs <dist> papaparse|reader|json <input> <output> <bytes a line>
 */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';

const [dist, peer, input, output, size] = process.argv.slice(2);
const CHUNK = 262_144;
const LF = 0x0a;

/** Whole lines; the cases of the bench have no line ends in quotes. */
async function* linesOf(file) {
  let held = Buffer.alloc(0);
  for (let position = 0; ; ) {
    const buffer = Buffer.allocUnsafeSlow(held.length + CHUNK);
    held.copy(buffer);
    const { bytesRead } = await file.read(buffer, held.length, CHUNK, position);
    position += bytesRead;
    const bytes = buffer.subarray(0, held.length + bytesRead);
    const cut = bytesRead === 0 ? bytes.length : bytes.lastIndexOf(LF) + 1;
    if (cut > 0) yield bytes.subarray(0, cut);
    if (bytesRead === 0) return;
    held = Buffer.from(bytes.subarray(cut));
  }
}

/** The rest of a line that has `head` bytes already; Japanese as most of ours is. */
const filler = (head) => {
  const bytes = Number(size) - head;
  return `,${'残'.repeat(Math.floor((bytes - 3) / 3))}${'x'.repeat((bytes - 3) % 3)}\r\n`;
};

const texts = {
  /** The plain program: a library's parser, rows of texts, texts written. */
  papaparse() {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const rest = filler(16);
    let line = 0;
    return (bytes) => {
      const { data } = Papa.parse(decoder.decode(bytes), { delimiter: ',', newline: '\r\n' });
      let text = '';
      for (const row of data) if (row.length > 1) text += `${++line},${row[0]}${rest}`;
      return Buffer.from(text);
    };
  },
  /** JSON.parse a line, texts written. */
  json() {
    const rest = filler(16);
    let line = 0;
    return (bytes) => {
      let text = '';
      for (const one of bytes.toString().split('\n'))
        if (one !== '') text += `${++line},${JSON.parse(one).reference}${rest}`;
      return Buffer.from(text);
    };
  },
  /** hosho's own reader, facts in their slots, and its own writer. */
  async reader() {
    const { csvCases } = await import(join(dist, 'bulk/csv-cases.js'));
    const { ByteWriter } = await import(join(dist, 'bulk/byte-writer.js'));
    const { readColumns } = await import(join(dist, 'bulk/columns.js'));
    const { readVocabulary } = await import(join(dist, 'rulebook/vocabulary.js'));
    const { readFile } = await import('node:fs/promises');
    const { vocabulary } = readVocabulary('vocabulary', await readFile('rules/vocabulary.yaml', 'utf8'));
    const to = new ByteWriter();
    const rest = Buffer.from(filler(16));
    let cases;
    let line = 1;
    return (bytes) => {
      let chunk = bytes;
      if (!cases) {
        const end = bytes.indexOf(LF);
        const headings = bytes.toString('utf8', 0, end).trimEnd().split(',');
        const { columns } = readColumns(headings, vocabulary, { map: new Map(), ignore: new Set() });
        cases = csvCases(vocabulary, {
          columns,
          encoding: 'utf-8',
          timeZone: null,
          asOf: 0,
          recordBytes: 65_536,
        });
        chunk = bytes.subarray(end + 1);
      }
      for (const one of cases.read({ bytes: chunk, line })) {
        if (one === null) continue;
        line = one.line;
        to.text(`${line},${one.reference}`);
        to.bytes(rest);
      }
      return to.take();
    };
  },
};

const write = await texts[peer]();
const from = await open(input);
const to = await open(output, 'w');
for await (const bytes of linesOf(from)) await to.write(write(bytes));
await from.close();
await to.close();
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
console.log(JSON.stringify({ megabytes: maxRSS / 1024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 }));
