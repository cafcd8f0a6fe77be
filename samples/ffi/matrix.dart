// Solves linear equations in native memory, with rotations by libm's hypot.
import 'dart:ffi';

import 'package:ffi/ffi.dart';

typedef NativeOfTwo = Double Function(Double, Double);
typedef OfTwo = double Function(double, double);

final library = DynamicLibrary.open('libm.so.6');
// They are short and call nobody back, so they can be leaf calls.
final hypot = library.lookupFunction<NativeOfTwo, OfTwo>('hypot', isLeaf: true);
final fma = library.lookupFunction<Double Function(Double, Double, Double),
    double Function(double, double, double)>('fma', isLeaf: true);

// Row by row in memory of its own, as C would have it.
class Matrix {
  final int rows;
  final int columns;
  final Pointer<Double> cells;

  Matrix(this.rows, this.columns, Allocator allocator) : cells = allocator<Double>(rows * columns);

  double at(int row, int column) => cells[row * columns + column];
  void put(int row, int column, double value) {
    cells[row * columns + column] = value;
  }

  // Makes the cell 0 by turning its row and the row `above`.
  void rotate(int above, int row, int column) {
    final length = hypot(at(above, column), at(row, column));
    if (length == 0.0) return;
    final cosine = at(above, column) / length;
    final sine = at(row, column) / length;
    for (var i = 0; i < columns; i++) {
      final a = at(above, i);
      final b = at(row, i);
      put(above, i, fma(cosine, a, sine * b));
      put(row, i, fma(cosine, b, -sine * a));
    }
  }
}

// `equations` has one column more than rows: what they are equal to.
List<double> solve(List<List<double>> equations) {
  return using((arena) {
    final count = equations.length;
    final matrix = Matrix(count, count + 1, arena);
    for (var row = 0; row < count; row++) {
      for (var i = 0; i <= count; i++) matrix.put(row, i, equations[row][i]);
    }
    for (var column = 0; column < count; column++) {
      for (var row = column + 1; row < count; row++) matrix.rotate(column, row, column);
    }
    final solution = List.filled(count, 0.0);
    for (var row = count - 1; row >= 0; row--) {
      if (matrix.at(row, row).abs() < 1e-12) throw StateError('There is no one solution.');
      var rest = matrix.at(row, count);
      for (var i = row + 1; i < count; i++) rest -= matrix.at(row, i) * solution[i];
      solution[row] = rest / matrix.at(row, row);
    }
    return solution;
  });
}

void main() {
  final solution = solve([
    [2.0, 1.0, -1.0, 8.0],
    [-3.0, -1.0, 2.0, -11.0],
    [-2.0, 1.0, 2.0, -3.0],
  ]);
  print(solution.map((x) => x.toStringAsFixed(6)).join(' '));

  // x[i] + x[i + 1] = 2 i + 1 and the sum of all: 0, 1, 2, ...
  const count = 41;
  final equations = [
    for (var row = 0; row < count; row++)
      [
        for (var i = 0; i < count; i++)
          row == count - 1 || i == row || i == row + 1 ? 1.0 : 0.0,
        row == count - 1 ? count * (count - 1) / 2 : 2.0 * row + 1
      ]
  ];
  var worst = 0.0;
  final many = solve(equations);
  for (var i = 0; i < count; i++) {
    if ((many[i] - i).abs() > worst) worst = (many[i] - i).abs();
  }
  print('$count unknowns, ${worst < 1e-9 ? 'all' : 'not all'} as they should be');

  try {
    solve([
      [1.0, 2.0, 3.0],
      [2.0, 4.0, 6.0],
    ]);
  } catch (e) {
    print(e);
  }
}
