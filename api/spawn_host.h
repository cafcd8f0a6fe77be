// SpawnHost of the C interface -- isolates that Fart code asks for, made by the host's create
// callback.

#ifndef FART_API_SPAWN_HOST_H_
#define FART_API_SPAWN_HOST_H_

namespace fart::api {

// From Fart_Initialize until Fart_Cleanup has stopped the spawned isolates, if the host has a
// create callback.
void AllowSpawning();
// Makes what that needs: the others need no memory then. Throws std::bad_alloc.
void PrepareSpawning();
void ForbidSpawning();

}  // namespace fart::api

#endif  // FART_API_SPAWN_HOST_H_
