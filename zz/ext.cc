#include "zapi.h"
extern "C" __attribute__((visibility("default"))) int ext() { return Fart_Z(41); }
