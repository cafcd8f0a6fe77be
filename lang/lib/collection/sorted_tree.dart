// A treap: sorted by keys, and a heap by priorities, which are as good as random. So it is about as
// deep as the logarithm of its size, whatever order keys come in.
part of dart.collection;

class _Node {
  final key;
  var value;
  final int priority;
  _Node left;
  _Node right;
  _Node(this.key, this.value, this.priority);
}

class _Tree {
  final Function compare;
  final Function isValid; // Null: all but null are.
  _Node root;
  int length = 0;
  int changes = 0;
  int _random = 0x2545f491;

  _Tree(Function compare, this.isValid) : compare = compare == null ? Comparable.compare : compare;

  bool accepts(key) => isValid == null ? key != null : isValid(key);

  _Node find(key) {
    var node = root;
    while (node != null) {
      var order = compare(key, node.key);
      if (order == 0) return node;
      node = order < 0 ? node.left : node.right;
    }
    return null;
  }

  // Of a key that is not there.
  void insert(key, value) {
    if (root == null) compare(key, key); // One that cannot be compared is not let in.
    _random ^= (_random << 13) & 0x7fffffff;
    _random ^= _random >> 17;
    _random ^= (_random << 5) & 0x7fffffff;
    root = _insert(root, new _Node(key, value, _random));
    length++;
    changes++;
  }

  _Node _insert(_Node node, _Node added) {
    if (node == null) return added;
    if (added.priority > node.priority) {
      _split(node, added.key, added);
      return added;
    }
    if (compare(added.key, node.key) < 0) {
      node.left = _insert(node.left, added);
    } else {
      node.right = _insert(node.right, added);
    }
    return node;
  }

  // Hangs what is less than `key` to the left of `into`, and the rest to its right.
  void _split(_Node node, key, _Node into) {
    var less = [];
    var greater = [];
    while (node != null) {
      if (compare(node.key, key) < 0) {
        less.add(node);
        node = node.right;
      } else {
        greater.add(node);
        node = node.left;
      }
    }
    // Only now, when `compare` has thrown nothing.
    for (var i = 0; i < less.length; i++) less[i].right = i + 1 < less.length ? less[i + 1] : null;
    for (var i = 0; i < greater.length; i++) {
      greater[i].left = i + 1 < greater.length ? greater[i + 1] : null;
    }
    into.left = less.isEmpty ? null : less[0];
    into.right = greater.isEmpty ? null : greater[0];
  }

  // Null: it was not there.
  _Node remove(key) {
    var above;
    var isLeft = false;
    var node = root;
    while (node != null) {
      var order = compare(key, node.key);
      if (order == 0) break;
      above = node;
      isLeft = order < 0;
      node = isLeft ? node.left : node.right;
    }
    if (node == null) return null;
    var rest = _merge(node.left, node.right);
    if (above == null) {
      root = rest;
    } else if (isLeft) {
      above.left = rest;
    } else {
      above.right = rest;
    }
    length--;
    changes++;
    return node;
  }

  _Node _merge(_Node left, _Node right) {
    if (left == null) return right;
    if (right == null) return left;
    if (left.priority > right.priority) {
      left.right = _merge(left.right, right);
      return left;
    }
    right.left = _merge(left, right.left);
    return right;
  }

  void clear() {
    root = null;
    length = 0;
    changes++;
  }

  // Null: there is none.
  _Node get first {
    var node = root;
    while (node != null && node.left != null) node = node.left;
    return node;
  }

  _Node get last {
    var node = root;
    while (node != null && node.right != null) node = node.right;
    return node;
  }

  _Node before(key) {
    var found;
    for (var node = root; node != null;) {
      if (compare(node.key, key) < 0) {
        found = node;
        node = node.right;
      } else {
        node = node.left;
      }
    }
    return found;
  }

  _Node after(key) {
    var found;
    for (var node = root; node != null;) {
      if (compare(node.key, key) > 0) {
        found = node;
        node = node.left;
      } else {
        node = node.right;
      }
    }
    return found;
  }

  // Of the same shape.
  void copyFrom(_Tree other) {
    root = _copyOf(other.root);
    length = other.length;
    changes++;
  }

  static _Node _copyOf(_Node node) {
    if (node == null) return null;
    return new _Node(node.key, node.value, node.priority)
      ..left = _copyOf(node.left)
      ..right = _copyOf(node.right);
  }
}

class _TreeIterator<E> implements Iterator<E> {
  final _Tree _tree;
  final bool _ofValues;
  final int _changes;
  List _path; // Nodes that come, each before those that lie nearer to the root; null: not begun.
  _Node _node;

  _TreeIterator(_Tree tree, this._ofValues)
      : _tree = tree,
        _changes = tree.changes;

  E get current {
    if (_node == null) return null;
    return _ofValues ? _node.value : _node.key;
  }

  void _descend(_Node node) {
    for (; node != null; node = node.left) _path.add(node);
  }

  bool moveNext() {
    if (_changes != _tree.changes) _throwConcurrentModification(_tree);
    if (_path == null) {
      _path = [];
      _descend(_tree.root);
    } else if (_node != null) {
      _descend(_node.right);
    }
    _node = _path.isEmpty ? null : _path.removeLast();
    return _node != null;
  }
}
