# SPDX-License-Identifier: EUPL-1.2

# One target per layer: carved_layer(NAME SOURCES ... USES layers ... ROOMS third-party targets ...)
# A layer may include its own headers, those of the layers it USES, and of the libraries it is the ROOM of. The list is written to layers.txt in the build
# folder, which tests/layers reads.
set_property(GLOBAL PROPERTY CARVED_LAYERS "")
function(carved_layer name)
	cmake_parse_arguments(LAYER "" "" "SOURCES;USES;ROOMS" ${ARGN})
	list(TRANSFORM LAYER_USES PREPEND carved_ OUTPUT_VARIABLE uses)
	if(LAYER_SOURCES)
		add_library(carved_${name} STATIC ${LAYER_SOURCES})
		target_include_directories(carved_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include)
		target_link_libraries(carved_${name} PUBLIC ${uses} PRIVATE ${LAYER_ROOMS})
	else()
		add_library(carved_${name} INTERFACE)
		target_include_directories(carved_${name} INTERFACE ${PROJECT_SOURCE_DIR}/include)
		target_link_libraries(carved_${name} INTERFACE ${uses})
	endif()
	file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
	list(JOIN LAYER_USES "," uses_text)
	list(JOIN LAYER_ROOMS "," rooms_text)
	set_property(GLOBAL APPEND PROPERTY CARVED_LAYERS "${name}|${folder}|${uses_text}|${rooms_text}")
endfunction()

# A program's folder obeys the graph like a layer: carved_program_folder(NAME FOLDER USES layers ... ROOMS third-party targets ...). Nothing to do where a layer
# of its own says it already.
function(carved_program_folder name folder)
	cmake_parse_arguments(PROGRAM "" "" "USES;ROOMS" ${ARGN})
	get_property(layers GLOBAL PROPERTY CARVED_LAYERS)
	if(layers MATCHES "\\|${folder}\\|")
		return()
	endif()
	list(JOIN PROGRAM_USES "," uses_text)
	list(JOIN PROGRAM_ROOMS "," rooms_text)
	set_property(GLOBAL APPEND PROPERTY CARVED_LAYERS "${name}|${folder}|${uses_text}|${rooms_text}")
endfunction()

# layers.txt and tests.txt for tests/layers. Call it last.
function(carved_write_layers)
	foreach(list layers tests)
		string(TOUPPER CARVED_${list} property)
		get_property(items GLOBAL PROPERTY ${property})
		list(JOIN items "\n" text)
		file(WRITE ${PROJECT_BINARY_DIR}/${list}.txt "${text}\n")
	endforeach()
endfunction()
