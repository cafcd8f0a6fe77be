// What memlab finds in a .heapsnapshot file, as JSON: how many nodes and edges, by name of node how many,
// their own sizes and the most that one of them retains, and the way by which that one is kept, from it to
// the root.
//
//   node memlab_reader.js FILE NAME...
const [file, ...names] = process.argv.slice(2);
const {getFullHeapFromFile} = require('@memlab/heap-analysis');

function look(heap) {
  const classes = {};
  const largest = {};
  heap.nodes.forEach((node) => {
    if (!names.includes(node.name)) return;
    const found = (classes[node.name] ??= {count: 0, bytes: 0, retained: 0});
    found.count += 1;
    found.bytes += node.self_size;
    if (node.retainedSize <= found.retained) return;
    found.retained = node.retainedSize;
    largest[node.name] = node;
  });
  for (const name of Object.keys(largest)) {
    const path = [];
    for (let node = largest[name]; node.pathEdge; node = node.pathEdge.fromNode) {
      path.push(String(node.pathEdge.name_or_index));
    }
    classes[name].path = path;
  }
  return {nodes: heap.nodes.length, edges: heap.edges.length, classes};
}

getFullHeapFromFile(file).then(
  // Its own lines go to standard output too, without an end.
  (heap) => console.log('\nfound ' + JSON.stringify(look(heap))),
  (error) => {
    console.error(error);
    process.exit(1);
  });
