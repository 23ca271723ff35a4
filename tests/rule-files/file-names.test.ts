/** Names that lie around in a rules folder: read, told of, or nobody's business. */
import { expect, test } from 'vitest';
import { isRead, isSeen, misplacingOf } from '../../src/rule-files/file-names.ts';
import { misnamed, misnamedCases } from '../../src/rule-files/file-problems.ts';

const X = 'yamaguchi/2023-02-24';

test.each([
  ...[`${X}.yaml`, `${X}.yml`, `${X}.draft.yaml`, 'vocabulary.yaml', 'words/own.yaml'],
  // Copies are read: what they hold is told to be there twice.
  ...[
    `旧/${X}.yaml`,
    `${X} - コピー.yaml`,
    `${X} (1).yaml`,
    'yamaguchi/コピー ～ 2023-02-24.yaml',
    `${X}のコピー.yaml`,
  ],
  ...['yamaguchi/vocabulary-2023.yaml', 'yamaguchi/words-2023.yaml', 'yamaguchi/#2023-02-24.yaml'],
])('%s is read', (path) => expect([isRead(path), misplacingOf(path)]).toEqual([true, null]));

test.each([
  ...[
    'yamaguchi/.#2023-02-24.yaml',
    'yamaguchi/.~lock.2023-02-24.yaml#',
    `${X}.yaml~`,
    'yamaguchi/#2023-02-24.yaml#',
  ],
  ...[
    'yamaguchi/.2023-02-24.yaml.swp',
    'yamaguchi/~$2023-02-24.yaml',
    'yamaguchi/._2023-02-24.yaml',
    '.DS_Store',
  ],
  ...['__MACOSX/yamaguchi/._2023-02-24.yaml', 'desktop.ini', 'Thumbs.db', `${X}.yaml.bak`, `${X}.yaml.orig`],
  ...[
    `${X}.yaml.swp`,
    `${X}.yaml.sha256`,
    `${X}.notice.txt`,
    `${X}.cases.yaml`,
    'README.md',
    'words/.own.yaml',
  ],
])('%s is neither read nor told of', (path) => expect(isSeen(path)).toBe(false));

test.each([
  [`${X}.yaml.txt`, `${X}.yaml`],
  [`${X}.yaml.TXT`, `${X}.yaml`],
  [`${X}.YAML`, `${X}.yaml`],
  [`${X}.Yml`, `${X}.yml`],
  [`${X}．ｙａｍｌ`, `${X}.yaml`],
  [`${X}.yaml `, `${X}.yaml`],
  [`${X}.yaml (1)`, null],
  [`${X}.yaml - コピー`, null],
  [`${X}.yaml copy`, null],
  [`${X}.yamlのコピー`, null],
])('%s is told of as misnamed, and what it should be called', (path, suggestion) => {
  expect([isRead(path), misplacingOf(path)]).toEqual([false, 'misnamed']);
  expect(misnamed(path).suggestion).toBe(suggestion);
});

test.each([
  [`${X}.cases.yml`, `${X}.cases.yaml`],
  [`${X}.cases - コピー.yaml`, null],
  [`${X}.cases (1).yaml`, null],
])('%s is told of as cases that are not run', (path, suggestion) => {
  expect([isRead(path), misplacingOf(path)]).toEqual([false, 'misnamed-cases']);
  expect(misnamedCases(path).suggestion).toBe(suggestion);
});

test.each([
  ...['vocabulary.yml', 'yamaguchi/vocabulary.yaml', 'vocabulary - コピー.yaml', 'コピー ～ vocabulary.yaml'],
  ...['旧/words/own.yaml', 'vocabulary (1).yaml'],
])('%s is told of as words that are not read', (path) =>
  expect([isRead(path), misplacingOf(path)]).toEqual([false, 'misplaced-words']),
);

test.each(['words/own.yml', 'words/own.YAML', 'words/own.yaml.txt'])('%s is told of as a word file', (path) =>
  expect([isRead(path), misplacingOf(path)]).toEqual([false, 'misnamed-words']),
);
