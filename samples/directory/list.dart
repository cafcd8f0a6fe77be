// Lists a directory by functions of the C library that give and take structs: names in order, with
// what each is and how long. The structs are those of Linux on x86-64.
import 'dart:ffi';

import 'package:ffi/ffi.dart';

final class Dir extends Opaque {}

// struct dirent
final class DirectoryEntry extends Struct {
  @Uint64()
  external int inode;
  @Int64()
  external int offset;
  @UnsignedShort()
  external int recordLength;
  @UnsignedChar()
  external int type;
  @Array(256)
  external Array<Uint8> nameBytes;

  String get name => String.fromCharCodes(nameBytes.elements.takeWhile((byte) => byte != 0));
}

final class TimeSpec extends Struct {
  @Int64()
  external int seconds;
  @Long()
  external int nanoseconds;
}

// struct stat
final class FileStatus extends Struct {
  @Uint64()
  external int device;
  @Uint64()
  external int inode;
  @Uint64()
  external int links;
  @Uint32()
  external int mode;
  @Uint32()
  external int user;
  @Uint32()
  external int group;
  @Uint32()
  external int padding;
  @Uint64()
  external int specialDevice;
  @Int64()
  external int size;
  @Int64()
  external int blockSize;
  @Int64()
  external int blocks;
  @Array(3) // of access, modification, change
  external Array<TimeSpec> times;
  @Array(3)
  external Array<Int64> reserved;

  String get kind => const {0x4000: 'directory', 0x8000: 'file', 0xa000: 'link'}[mode & 0xf000] ?? 'other';
}

@Native<Pointer<Dir> Function(Pointer<Utf8>)>()
external Pointer<Dir> opendir(Pointer<Utf8> name);

@Native<Pointer<DirectoryEntry> Function(Pointer<Dir>)>()
external Pointer<DirectoryEntry> readdir(Pointer<Dir> directory);

@Native<Int Function(Pointer<Dir>)>()
external int closedir(Pointer<Dir> directory);

@Native<Int Function(Pointer<Utf8>, Pointer<FileStatus>)>(symbol: 'lstat')
external int status(Pointer<Utf8> path, Pointer<FileStatus> result);

void main(List<String> arguments) {
  final folder = arguments.isEmpty ? '.' : arguments[0];
  using((Arena arena) {
    final directory = opendir(folder.toNativeUtf8(allocator: arena));
    if (directory == nullptr) {
      print('$folder cannot be opened: errno $nativeErrno');
      return;
    }
    final names = <String>[];
    for (var entry = readdir(directory); entry != nullptr; entry = readdir(directory)) {
      if (!entry.ref.name.startsWith('.')) names.add(entry.ref.name);
    }
    closedir(directory);
    names.sort();
    final file = arena<FileStatus>();
    for (final name in names) {
      if (status('$folder/$name'.toNativeUtf8(allocator: arena), file) != 0) continue;
      print('${file.ref.kind.padRight(10)}${'${file.ref.size}'.padLeft(8)}  $name');
    }
  });
}
