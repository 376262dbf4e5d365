feature complex_deps
repo system 0 testtags <inline>
#>=Ver: 3.0
#>=Pkg: a 1 1 noarch
#>=Prv: a = 1-1
repo available 99.1 testtags <inline>
#>=Ver: 3.0
#>=Pkg: a 2 1 noarch
#>=Req: (b | c)
#>=Prv: a = 2-1
#>=Pkg: b 1 1 noarch
#>=Prv: b = 1-1
#>=Con: c
#>=Pkg: c 1 1 noarch
#>=Prv: c = 1-1
system x86_64 rpm system
poolflags implicitobsoleteusescolors
solverflags allowuninstall !splitprovides
namespace namespace:language(de) @SYSTEM
job update all packages
job install oneof a-2-1.noarch@available b-1-1.noarch@available [weak,forcebest]
job lock name c
result transaction,problems,alternatives,rules,order,proof <inline>
#>upgrade a-1-1.noarch@system a-2-1.noarch@available
#>install b-1-1.noarch@available
nextjob reusesolver
job erase name a [cleandeps]
result transaction <inline>
#>erase a-1-1.noarch@system
