import { setImmediate } from 'node:timers/promises';

const encoder = new TextEncoder();
/** Begun without a pause: then other requests get their turn. */
const SLICE = 16;
/** In UTF-16 code units: answers that are ready together are sent together, up to about so much. */
const PIECE = 64 * 1024;

interface Begun {
  text: string | null;
  done: Promise<void>;
}

/**
 * Answers items as they arrive, many at once, in their order. No more are begun while `most` wait to be taken from the
 * stream; where nobody takes any more, nothing more is begun. Where the items break off, so does the stream, after what is
 * begun. `answer` must not reject. `ended` resolves when nothing more is done.
 */
export function answersInOrder<Item>(
  items: AsyncIterable<Item[]>,
  most: number,
  answer: (item: Item) => Promise<string>,
): { stream: ReadableStream<Uint8Array>; ended: Promise<unknown> } {
  const begun: Begun[] = [];
  const room = bell();
  const progress = bell();
  const closing = bell();
  const closed = closing.rung();
  let isOver = false;
  let failure: unknown;
  let isCut = false;

  function cut(): void {
    isCut = true;
    for (const { ring } of [room, progress, closing]) ring();
  }

  function begin(item: Item): void {
    const one: Begun = { text: null, done: Promise.resolve() };
    begun.push(one);
    one.done = answer(item).then((text) => {
      one.text = text;
      progress.ring();
    });
  }

  async function beginAll(): Promise<void> {
    let count = 0;
    for await (const some of items) {
      for (const item of some) {
        while (begun.length >= most && !isCut) await room.rung();
        if (isCut) return;
        begin(item);
        count += 1;
        if (count % SLICE === 0) await setImmediate();
      }
    }
  }

  async function run(): Promise<void> {
    await beginAll().catch((error: unknown) => {
      failure = error;
    });
    isOver = true;
    progress.ring();
    await Promise.all(begun.map(({ done }) => done));
  }

  const mustWait = (): boolean => !isCut && (begun.length > 0 ? begun[0]?.text === null : !isOver);

  function takeReady(): string {
    let text = '';
    for (let [first] = begun; first && first.text !== null && text.length < PIECE; [first] = begun) {
      text += first.text;
      begun.shift();
    }
    room.ring();
    return text;
  }

  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        while (mustWait()) await progress.rung();
        if (isCut) return;
        const text = takeReady();
        if (text !== '') return controller.enqueue(encoder.encode(text));
        if (failure === undefined) controller.close();
        else controller.error(failure);
        closing.ring();
      },
      cancel: cut,
    },
    { highWaterMark: 0 },
  );
  return { stream, ended: Promise.all([run(), closed]) };
}

/** For one that waits until something has changed, and then looks whether it is enough. */
function bell(): { ring(): void; rung(): Promise<void> } {
  let wake = (): void => {};
  return {
    ring: () => wake(),
    rung: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
  };
}
