import JalonCore
import Testing

@Suite("File identity: what a crash or a power cut leaves of a file that was read")
struct FileIdentityTests {
  private let read = FileIdentity(device: 7, inode: 12, size: 100, modified: 5)

  @Test(
    "the same file on a disk that got another number, or with its end lost, is what was read",
    arguments: [
      FileIdentity(device: 7, inode: 12, size: 100, modified: 5),
      FileIdentity(device: 8, inode: 12, size: 100, modified: 5),
      FileIdentity(device: 7, inode: 12, size: 0, modified: 5),
    ])
  func left(found: FileIdentity) {
    #expect(found.isLeft(of: read))
  }

  @Test(
    "another file, or one that was written to since, is not",
    arguments: [
      FileIdentity(device: 7, inode: 13, size: 100, modified: 5),
      FileIdentity(device: 7, inode: 12, size: 100, modified: 6),
      FileIdentity(device: 7, inode: 12, size: 101, modified: 5),
    ])
  func another(found: FileIdentity) {
    #expect(!found.isLeft(of: read))
  }
}
