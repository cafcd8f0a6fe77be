// Matrices with operators, on typed data.
import "dart:math" as math;
import "dart:typed_data";

class Matrix {
  final int rows, columns;
  final Float64List _cells;

  Matrix(int rows, int columns)
      : rows = rows,
        columns = columns,
        _cells = new Float64List(rows * columns);

  factory Matrix.of(List<List<num>> rows) {
    var result = new Matrix(rows.length, rows.first.length);
    for (var i = 0; i < rows.length; i++) {
      for (var j = 0; j < rows[i].length; j++) result[i][j] = rows[i][j].toDouble();
    }
    return result;
  }

  Matrix.identity(int n) : this._diagonal(n, 1.0);
  Matrix._diagonal(int n, double value)
      : rows = n,
        columns = n,
        _cells = new Float64List(n * n) {
    for (var i = 0; i < n; i++) this[i][i] = value;
  }
  factory Matrix.rotation(num degrees) {
    var angle = degrees * math.PI / 180;
    return new Matrix.of([
      [math.cos(angle), -math.sin(angle)],
      [math.sin(angle), math.cos(angle)]
    ]);
  }

  // A row is a view of the cells: what is stored into it is stored into the matrix.
  Float64List operator [](int row) =>
      new Float64List.view(_cells.buffer, row * columns * Float64List.BYTES_PER_ELEMENT, columns);

  Matrix operator *(other) {
    if (other is num) return _map((x) => x * other);
    if (columns != other.rows) throw new ArgumentError("$columns columns, ${other.rows} rows");
    var result = new Matrix(rows, other.columns);
    for (var i = 0; i < rows; i++) {
      var row = this[i], target = result[i];
      for (var k = 0; k < columns; k++) {
        var x = row[k], from = other[k];
        for (var j = 0; j < other.columns; j++) target[j] += x * from[j];
      }
    }
    return result;
  }

  Matrix operator -() => this * -1;
  bool operator ==(other) {
    if (other is! Matrix || other.rows != rows || other.columns != columns) return false;
    for (var i = 0; i < _cells.length; i++) {
      if ((_cells[i] - other._cells[i]).abs() > 1e-9) return false;
    }
    return true;
  }

  int get hashCode => rows * 31 + columns;

  Matrix _map(double f(double x)) {
    var result = new Matrix(rows, columns);
    for (var i = 0; i < _cells.length; i++) result._cells[i] = f(_cells[i]);
    return result;
  }

  Matrix get transposed {
    var result = new Matrix(columns, rows);
    for (var i = 0; i < rows; i++) {
      for (var j = 0; j < columns; j++) result[j][i] = this[i][j];
    }
    return result;
  }

  toString() => new Iterable.generate(rows, (i) => this[i].map((x) => x.toStringAsFixed(1)).join(" "))
      .join("\n");
}

main() {
  var a = new Matrix.of([
    [1, 2, 3],
    [4, 5, 6]
  ]);
  print(a * a.transposed);
  print(-a);
  print(a * new Matrix.identity(3) == a);
  var quarter = new Matrix.rotation(90);
  print(quarter * quarter == -new Matrix.identity(2));
  var turned = new Matrix.identity(2);
  for (var i = 0; i < 360; i += 15) turned *= new Matrix.rotation(15);
  print(turned == new Matrix.identity(2));
  try {
    print(a * a);
  } catch (e) {
    print(e);
  }
}
