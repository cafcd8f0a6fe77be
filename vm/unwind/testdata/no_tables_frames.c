/* A C extension compiled without unwind tables. */

#include "vm/unwind/testdata/foreign_program.h"

FOREIGN_EXPORT void RunFrame(ForeignHost* host, const ForeignNode* node);

FOREIGN_EXPORT void RunFrame(ForeignHost* host, const ForeignNode* node) {
  host->frames_without_tables++;
  host->log(host, "enter", node->id);
  ForeignRunChildren(host, node, node->child_count);
  host->log(host, "end", node->id);
  host->frames_without_tables--;
}
