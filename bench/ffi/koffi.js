// Calls of C from node's koffi: node koffi.js LIBRARY. A line for each operation: its name and
// nanoseconds, a round of the loop with it.
'use strict';

const koffi = require('koffi');

const library = koffi.load(process.argv[2]);
const c = koffi.load(null);

// `run` does it n times; as often as takes a fifth of a second.
function measure(name, run) {
  for (let n = 4;; n *= 2) {
    const begin = process.cpuUsage();
    run(n);
    const used = process.cpuUsage(begin);
    const microseconds = used.user + used.system;
    if (microseconds > 200000) {
      console.log(`${name} ${(microseconds * 1000 / n).toFixed(3)}`);
      return;
    }
  }
}

const add = library.func('int32_t BenchAdd(int32_t, int32_t)');
const sumOfSix = library.func(
    'int64_t BenchSumOfSix(int64_t, int64_t, int64_t, int64_t, int64_t, int64_t)');
const half = library.func('double BenchHalf(double)');
koffi.struct('BenchPair', {a: 'int64_t', b: 'int64_t'});
const swap = library.func('BenchPair BenchSwap(BenchPair)');
koffi.proto('int32_t Step(int32_t)');
const callBack = library.func('int32_t BenchCallBack(Step *, int32_t)');
const calloc = c.func('void *calloc(size_t, size_t)');
const free = c.func('void free(void *)');

measure('FfiLoop', (n) => { for (let i = 0; i < n; i++) {} });
measure('FfiInts', (n) => { for (let i = 0; i < n; i++) add(i, 2); });
measure('FfiSixInts', (n) => { for (let i = 0; i < n; i++) sumOfSix(i, 2, 3, 4, 5, 6); });
measure('FfiDouble', (n) => { for (let i = 0; i < n; i++) half(2.5); });
measure('FfiStruct', (n) => { for (let i = 0; i < n; i++) swap({a: 1, b: 2}); });
measure('FfiCallback', (n) => { callBack((x) => x + x, n); });
measure('FfiAllocation', (n) => { for (let i = 0; i < n; i++) free(calloc(1, 16)); });

const values = koffi.alloc('int32_t', 8192);
measure('FfiRead', (n) => {
  for (let i = 0; i < n; i++) koffi.decode(values, 4 * (i & 8191), 'int32_t');
});
measure('FfiWrite', (n) => {
  for (let i = 0; i < n; i++) koffi.encode(values, 4 * (i & 8191), 'int32_t', i);
});

function texts(length) {
  const text = koffi.alloc('char', length + 1);
  koffi.encode(text, 'char', 'x'.repeat(length), length + 1);
  return (n) => { for (let i = 0; i < n; i++) koffi.decode(text, 'char', -1); };
}
measure('FfiText16', texts(16));
measure('FfiText1MB', texts(1000000));
