# A port for an overlay: vcpkg install fart --overlay-ports=tools/packaging/vcpkg. It builds the
# sources that it lies in; a port elsewhere begins with vcpkg_from_git instead.
get_filename_component(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

vcpkg_check_features(OUT_FEATURE_OPTIONS features FEATURES language FART_LANGUAGE)
vcpkg_cmake_configure(
  SOURCE_PATH "${SOURCE_PATH}"
  OPTIONS ${features} -DFART_BUILD_PROGRAM=OFF -DFART_BUILD_TESTS=OFF -DFART_INSTALL=ON)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(PACKAGE_NAME Fart CONFIG_PATH lib/cmake/Fart)
vcpkg_fixup_pkgconfig()

file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include" "${CURRENT_PACKAGES_DIR}/debug/share")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE" "${SOURCE_PATH}/docs/THIRD_PARTY.md")
