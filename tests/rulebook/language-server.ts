/** The language server that editors have for YAML, in a process of its own. */
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  type CompletionItem,
  CompletionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidOpenTextDocumentNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  IPCMessageReader,
  IPCMessageWriter,
  MarkupContent,
  PublishDiagnosticsNotification,
  RegistrationRequest,
} from 'vscode-languageserver-protocol/node.js';

const SERVER = createRequire(import.meta.url).resolve('yaml-language-server/bin/yaml-language-server');
/** Where the cursor is in a text. */
export const CURSOR = '▮';

/** Each asks of a file by itself, which names its schema as from rules/<prefecture>/. */
export interface Editor {
  complete(text: string): Promise<CompletionItem[]>;
  /** Empty where nothing is shown. */
  hover(text: string): Promise<string>;
  diagnose(text: string): Promise<Diagnostic[]>;
  close(): void;
}

export async function openEditor(): Promise<Editor> {
  const server = fork(SERVER, ['--node-ipc'], { silent: true });
  const connection = createProtocolConnection(new IPCMessageReader(server), new IPCMessageWriter(server));
  // Nothing is fetched: the catalogue of public schemas is off.
  const settings = {
    yaml: { schemaStore: { enable: false }, validate: true, hover: true, completion: true },
  };
  connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(({ section }) => (section === 'yaml' ? settings.yaml : {})),
  );
  connection.onRequest(RegistrationRequest.type, () => undefined);
  const diagnosed = new Map<string, (diagnostics: Diagnostic[]) => void>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) =>
    diagnosed.get(uri)?.(diagnostics),
  );
  connection.listen();
  await connection.sendRequest(InitializeRequest.type, {
    ...{ processId: process.pid, rootUri: null, workspaceFolders: null },
    capabilities: {
      workspace: { configuration: true },
      textDocument: { completion: { completionItem: { snippetSupport: true } } },
    },
  });
  await connection.sendNotification(InitializedNotification.type, {});

  let opened = 0;
  async function open(text: string, told?: (diagnostics: Diagnostic[]) => void) {
    opened += 1;
    const uri = pathToFileURL(resolve(`rules/somewhere/opened-${opened}.yaml`)).href;
    if (told) diagnosed.set(uri, told);
    const before = text.split(CURSOR)[0]?.split('\n') ?? [];
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const textDocument = { uri, languageId: 'yaml', version: 1, text: text.replace(CURSOR, '') };
    await connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    return { textDocument: { uri }, position };
  }
  return {
    async complete(text) {
      const found = await connection.sendRequest(CompletionRequest.type, await open(text));
      return Array.isArray(found) ? found : (found?.items ?? []);
    },
    async hover(text) {
      const contents = (await connection.sendRequest(HoverRequest.type, await open(text)))?.contents;
      return MarkupContent.is(contents) ? contents.value : String(contents ?? '');
    },
    diagnose: (text) => new Promise((told, failed) => void open(text, told).catch(failed)),
    close() {
      connection.dispose();
      server.kill();
    },
  };
}
