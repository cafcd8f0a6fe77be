#ifdef __cplusplus
extern "C" {
#endif
__attribute__((visibility("default"))) int Fart_Z(int x);
#ifdef __cplusplus
}
#endif
