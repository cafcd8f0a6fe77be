// dart:collection: queues and linked lists.
import 'dart:collection';

class Entry extends LinkedListEntry {
  final name;
  Entry(this.name);
  toString() => "$name";
}

tried(f()) {
  try {
    print(f());
  } catch (error) {
    print(error);
  }
}

main() {
  for (var queue in [new ListQueue(), new DoubleLinkedQueue(), new Queue()]) both(queue);
  rings();
  entries();
  links();
}

both(queue) {
  print([queue.runtimeType, queue, queue.isEmpty]);
  queue.addAll([1, 2, 3]);
  queue.addFirst(0);
  queue.add(4);
  print([queue, queue.length, queue.first, queue.last, queue.elementAt(2), queue.toList()]);
  print([queue.removeFirst(), queue.removeLast(), queue.remove(2), queue.remove(9), queue]);
  queue.addAll([5, 6, 7]);
  queue.removeWhere((x) => x == 6);
  queue.retainWhere((x) => x > 1);
  print(queue);
  tried(() => queue.single);
  tried(() {
    for (var each in queue) queue.add(each);
  });
  queue.clear();
  queue.add(queue);
  print(queue);
  queue.clear();
  tried(() => queue.removeFirst());
  tried(() => queue.removeLast());
  tried(() => queue.first);
}

rings() {
  var queue = new ListQueue();
  for (var i = 0; i < 40; i++) {
    queue.add(i);
    if (i % 3 == 0) queue.removeFirst();
  }
  print([queue.length, queue.first, queue.last]);
  print(new Queue.from([1, 2]));
}

entries() {
  var queue = new DoubleLinkedQueue.from([1, 2, 3]);
  queue.firstEntry().append(10);
  queue.lastEntry().prepend(20);
  print([queue, queue.length]);
  queue.forEachEntry((entry) {
    if (entry.element >= 10) entry.remove();
  });
  print([queue, queue.firstEntry().previousEntry(), queue.firstEntry().nextEntry().element]);
}

links() {
  var list = new LinkedList();
  var b = new Entry("b");
  list.add(b);
  list.addFirst(new Entry("a"));
  b.insertAfter(new Entry("c"));
  list.first.insertBefore(new Entry("0"));
  print([list, list.length, b.next, b.previous, list.first.previous, list.last.next, list.contains(b)]);
  tried(() => list.add(b));
  b.unlink();
  print([list, b.list, b.next]);
  tried(() => b.unlink());
  tried(() => b.insertAfter(new Entry("x")));
  print([list.remove(b), list.remove(list.first), list]);
  tried(() => list.forEach((entry) => entry.unlink()));
  list.clear();
  print([list, list.isEmpty]);
  tried(() => list.first);
}
// expect: [ListQueue, {}, true]
// expect: [{0, 1, 2, 3, 4}, 5, 0, 4, 2, [0, 1, 2, 3, 4]]
// expect: [0, 4, true, false, {1, 3}]
// expect: {3, 5, 7}
// expect: Bad state: Too many elements
// expect: Concurrent modification during iteration: Instance of 'ListQueue'.
// expect: {{...}}
// expect: Bad state: No element
// expect: Bad state: No element
// expect: Bad state: No element
// expect: [DoubleLinkedQueue, {}, true]
// expect: [{0, 1, 2, 3, 4}, 5, 0, 4, 2, [0, 1, 2, 3, 4]]
// expect: [0, 4, true, false, {1, 3}]
// expect: {3, 5, 7}
// expect: Bad state: Too many elements
// expect: Concurrent modification during iteration: Instance of 'DoubleLinkedQueue'.
// expect: {{...}}
// expect: Bad state: No element
// expect: Bad state: No element
// expect: Bad state: No element
// expect: [ListQueue, {}, true]
// expect: [{0, 1, 2, 3, 4}, 5, 0, 4, 2, [0, 1, 2, 3, 4]]
// expect: [0, 4, true, false, {1, 3}]
// expect: {3, 5, 7}
// expect: Bad state: Too many elements
// expect: Concurrent modification during iteration: Instance of 'ListQueue'.
// expect: {{...}}
// expect: Bad state: No element
// expect: Bad state: No element
// expect: Bad state: No element
// expect: [26, 14, 39]
// expect: {1, 2}
// expect: [{1, 10, 2, 20, 3}, 5]
// expect: [{1, 2, 3}, null, 2]
// expect: [(0, a, b, c), 4, c, a, null, null, true]
// expect: Bad state: The entry is in a LinkedList already
// expect: [(0, a, c), null, null]
// expect: Bad state: The entry is in no LinkedList
// expect: Bad state: The entry is in no LinkedList
// expect: [false, true, (a, c)]
// expect: Concurrent modification during iteration: Instance of 'LinkedList'.
// expect: [(), true]
// expect: Bad state: No element
