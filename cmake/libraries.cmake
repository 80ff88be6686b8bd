# SPDX-License-Identifier: EUPL-1.2
# Third-party libraries, one imported target each. Which layer is whose room stands in the layers' own files.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(jansson REQUIRED IMPORTED_TARGET jansson)
pkg_check_modules(yaml REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(uv REQUIRED IMPORTED_TARGET libuv)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(smartcols REQUIRED IMPORTED_TARGET smartcols)
pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(cmocka REQUIRED IMPORTED_TARGET cmocka)
find_program(MSGFMT msgfmt REQUIRED)

# GLPK comes without a pkg-config file.
find_path(GLPK_INCLUDE glpk.h REQUIRED)
find_library(GLPK_LIBRARY glpk REQUIRED)
add_library(glpk INTERFACE)
target_include_directories(glpk SYSTEM INTERFACE ${GLPK_INCLUDE})
target_link_libraries(glpk INTERFACE ${GLPK_LIBRARY} m)

# llhttp: a library on Debian 13, its generated C sources on Debian 12 (package node-llhttp).
pkg_check_modules(llhttp_package IMPORTED_TARGET libllhttp)
if(llhttp_package_FOUND)
	add_library(llhttp ALIAS PkgConfig::llhttp_package)
else()
	set(llhttp_sources /usr/share/llhttp)
	if(NOT EXISTS ${llhttp_sources}/llhttp.c)
		message(FATAL_ERROR "llhttp is missing: install libllhttp-dev (Debian 13) or node-llhttp (Debian 12)")
	endif()
	add_library(llhttp STATIC ${llhttp_sources}/llhttp.c ${llhttp_sources}/api.c ${llhttp_sources}/http.c)
	target_include_directories(llhttp SYSTEM PUBLIC /usr/share/include/llhttp)
	target_compile_definitions(llhttp PUBLIC LLHTTP_STRICT_MODE=1)
	target_compile_options(llhttp PRIVATE -w)
endif()
