#include "zapi.h"
int main(void) { return Fart_Z(1) == 2 ? 0 : 1; }
