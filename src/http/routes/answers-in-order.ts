import { setImmediate } from 'node:timers/promises';

const encoder = new TextEncoder();
/** Begun without a pause: then other requests get their turn. */
const SLICE = 16;
/** In UTF-16 code units: answers that are ready together are sent together, up to about so much. */
const PIECE = 64 * 1024;

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
  const begun: { text: string | null; done: Promise<void> }[] = [];
  const room = createSignal();
  const progress = createSignal();
  const closing = createSignal();
  const closed = closing.wait();
  let [isOver, isCut] = [false, false];
  let failure: unknown;

  function cut(): void {
    isCut = true;
    for (const { notify } of [room, progress, closing]) notify();
  }

  function begin(item: Item): void {
    const one: (typeof begun)[number] = { text: null, done: Promise.resolve() };
    begun.push(one);
    one.done = answer(item).then((text) => {
      one.text = text;
      progress.notify();
    });
  }

  async function beginAll(): Promise<void> {
    let count = 0;
    for await (const some of items) {
      for (const item of some) {
        while (begun.length >= most && !isCut) await room.wait();
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
    progress.notify();
    await Promise.all(begun.map(({ done }) => done));
  }

  const mustWait = (): boolean => !isCut && (begun.length > 0 ? begun[0]?.text === null : !isOver);

  function takeReady(): string {
    let text = '';
    for (let [first] = begun; first && first.text !== null && text.length < PIECE; [first] = begun) {
      text += first.text;
      begun.shift();
    }
    room.notify();
    return text;
  }

  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        while (mustWait()) await progress.wait();
        if (isCut) return;
        const text = takeReady();
        if (text !== '') return controller.enqueue(encoder.encode(text));
        if (failure === undefined) controller.close();
        else controller.error(failure);
        closing.notify();
      },
      cancel: cut,
    },
    { highWaterMark: 0 },
  );
  return { stream, ended: Promise.all([run(), closed]) };
}

/** Wakes the one that waits for it, which then looks whether what has changed is enough. Nobody waiting, it is lost. */
function createSignal(): { notify(): void; wait(): Promise<void> } {
  let wake = (): void => {};
  return {
    notify: () => wake(),
    wait: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
  };
}
