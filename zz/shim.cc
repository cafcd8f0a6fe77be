#include "zapi.h"
int Fart_Z(int x) { return x + 1; }
