// Notes in a SQLite database:   notes.dart FILE add TEXT   notes.dart FILE find WORD   notes.dart
import 'dart:ffi';

import 'package:ffi/ffi.dart';

// Nobody but SQLite looks into them.
final class Database extends Opaque {}

final class Statement extends Opaque {}

typedef Text = Pointer<Utf8>;

final library = DynamicLibrary.open('libsqlite3.so.0');
final open = library.lookupFunction<Int Function(Text, Pointer<Pointer<Database>>),
    int Function(Text, Pointer<Pointer<Database>>)>('sqlite3_open');
final close = library.lookupFunction<Int Function(Pointer<Database>), int Function(Pointer<Database>)>(
    'sqlite3_close');
final message = library.lookupFunction<Text Function(Pointer<Database>), Text Function(Pointer<Database>)>(
    'sqlite3_errmsg');
final prepare = library.lookupFunction<
    Int Function(Pointer<Database>, Text, Int, Pointer<Pointer<Statement>>, Pointer<Text>),
    int Function(Pointer<Database>, Text, int, Pointer<Pointer<Statement>>,
        Pointer<Text>)>('sqlite3_prepare_v2');
final bindText = library.lookupFunction<
    Int Function(Pointer<Statement>, Int, Text, Int, Pointer<Void>),
    int Function(Pointer<Statement>, int, Text, int, Pointer<Void>)>('sqlite3_bind_text');
final step = library.lookupFunction<Int Function(Pointer<Statement>), int Function(Pointer<Statement>)>(
    'sqlite3_step');
final columnText = library.lookupFunction<Text Function(Pointer<Statement>, Int),
    Text Function(Pointer<Statement>, int)>('sqlite3_column_text');
final finalize = library.lookupFunction<Int Function(Pointer<Statement>), int Function(Pointer<Statement>)>(
    'sqlite3_finalize');

const row = 100;
const done = 101;

class Notes {
  final Pointer<Database> database;

  Notes(String path) : database = _open(path) {
    run('create table if not exists notes (id integer primary key, text text not null)');
  }

  static Pointer<Database> _open(String path) {
    return using((arena) {
      final opened = arena<Pointer<Database>>();
      final result = open(path.toNativeUtf8(allocator: arena), opened);
      if (result == 0) return opened.value;
      final text = message(opened.value).toDartString();
      close(opened.value);
      throw Exception('$path: $text');
    });
  }

  // The first two columns of each row that comes out.
  List<List<String>> run(String sql, [List<String> values = const []]) {
    return using((arena) {
      final made = arena<Pointer<Statement>>();
      _check(prepare(database, sql.toNativeUtf8(allocator: arena), -1, made, nullptr.cast()), 0);
      final statement = made.value;
      try {
        for (var i = 0; i < values.length; i++) {
          final text = values[i].toNativeUtf8(allocator: arena);
          _check(bindText(statement, i + 1, text, -1, nullptr.cast()), 0);
        }
        final rows = <List<String>>[];
        var result = step(statement);
        for (; result == row; result = step(statement)) {
          rows.add([for (var i = 0; i < 2; i++) columnText(statement, i).toDartString()]);
        }
        _check(result, done);
        return rows;
      } finally {
        finalize(statement);
      }
    });
  }

  void _check(int result, int expected) {
    if (result != expected) throw Exception(message(database).toDartString());
  }

  void add(String text) => run('insert into notes (text) values (?)', [text]);
  List<List<String>> find(String word) =>
      run("select id, text from notes where text like '%' || ? || '%' order by id", [word]);
}

void main(List<String> arguments) {
  final notes = Notes(arguments.isEmpty ? ':memory:' : arguments[0]);
  if (arguments.isEmpty) {
    for (final text in ['Milk, eggs', 'Ring Ada', "Ada's birthday: süß"]) notes.add(text);
  } else if (arguments[1] == 'add') {
    notes.add(arguments.skip(2).join(' '));
  }
  for (final note in notes.find(arguments.isEmpty ? 'ada' : arguments[1] == 'find' ? arguments[2] : '')) {
    print('${note[0]}. ${note[1]}');
  }
  close(notes.database);
}
