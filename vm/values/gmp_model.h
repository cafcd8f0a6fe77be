// GmpModel -- GMP's integer of a value: what tests compare BigValue with. It knows signs and normal
// forms.

#ifndef FART_VM_VALUES_GMP_MODEL_H_
#define FART_VM_VALUES_GMP_MODEL_H_

#include <gmp.h>

#include <string>

#include "vm/values/big_value.h"

namespace fart {

class GmpModel {
 public:
  GmpModel() { mpz_init(z_); }
  explicit GmpModel(const BigValue& value) : GmpModel() {
    const auto limbs = value.limbs();
    mpz_import(z_, limbs.size(), -1, sizeof(BigValue::Limb), 0, 0, limbs.data());
    if (value.is_negative()) mpz_neg(z_, z_);
  }
  ~GmpModel() { mpz_clear(z_); }
  GmpModel(const GmpModel&) = delete;
  GmpModel& operator=(const GmpModel&) = delete;

  mpz_ptr get() { return z_; }
  std::string Text(int radix = 10) const {
    std::string text(mpz_sizeinbase(z_, radix) + 2, '\0');
    mpz_get_str(text.data(), radix, z_);
    return text.c_str();
  }

 private:
  mpz_t z_;
};

}  // namespace fart

#endif  // FART_VM_VALUES_GMP_MODEL_H_
