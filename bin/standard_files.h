// The standard streams that whoever started this has closed.
//
// Not here: the isolate's output, and what becomes of its errors (vm/platform/standard_output.h).

#ifndef FART_BIN_STANDARD_FILES_H_
#define FART_BIN_STANDARD_FILES_H_

namespace fart::program {

// A file that is opened later would get the number of one that is closed: what goes to the standard
// error would stand in the middle of a snapshot or a trace. Afterwards the numbers are taken, and
// reading and writing them fails as before. Before the first file is opened.
void HoldStandardFiles();

}  // namespace fart::program

#endif  // FART_BIN_STANDARD_FILES_H_
