import CFuzzer
import FuzzProperties
import Glibc

/// Fuzzes one format: `FUZZ_TARGET=csv-report JalonFuzz [libFuzzer's options] CORPUS…`.
///
/// Without `FUZZ_TARGET`, prints each format with the longest input worth trying.
private let target: FuzzTarget? = {
  guard let name = getenv("FUZZ_TARGET").map({ String(cString: $0) }) else { return nil }
  return FuzzTarget.all.first { $0.name == name }
}()

private func check(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do throws(BrokenProperty) {
    try target?.check(Array(UnsafeBufferPointer(start: start, count: count)))
  } catch {
    // To libFuzzer, a broken property is a crash like any other.
    fatalError("broken property: \(error)")
  }
  return 0
}

if target == nil {
  for target in FuzzTarget.all { print(target.name, target.longest) }
} else {
  var count = CommandLine.argc
  var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
  exit(LLVMFuzzerRunDriver(&count, &arguments, check))
}
