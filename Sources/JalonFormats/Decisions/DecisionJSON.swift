import JalonCore

/// An officer's file as JSON: `{"acts": [{"act", "project", …}], "comment"?}`.
enum DecisionJSON {
  private enum RootKey: Int, CaseIterable, ObjectKey {
    case acts, comment
    static let names = KeyNames<RootKey>()
  }

  static func read(_ text: [UInt8], into file: inout DecisionFile) {
    do throws(JSONSyntaxError) {
      let document = try JSONDocument(text)
      var reader = ObjectReader(file: "")
      let rows = rows(document.root, &reader)
      for problem in reader.problems {
        file.add(
          DecisionProblem(
            .syntax, line: problem.line, text: problem.path, message: problem.message))
      }
      guard reader.problems.isEmpty else { return }
      for row in rows where !file.take(row) { return }
    } catch {
      file.add(DecisionProblem(.syntax, line: error.line, message: error.message))
    }
  }

  private static func rows(_ root: JSONNode, _ reader: inout ObjectReader) -> [DecisionRow] {
    guard let fields = reader.object(root, RootKey.self) else { return [] }
    _ = reader.freeText(fields[.comment])
    let rows = reader.list(reader.required(fields, .acts)) { reader, node in
      reader.object(node, DecisionField.self).map { row($0, &reader) }
    }
    return rows?.compactMap(\.self) ?? []
  }

  private static func row(
    _ fields: ObjectFields<DecisionField>, _ reader: inout ObjectReader
  ) -> DecisionRow {
    var row = DecisionRow(line: fields.node.line)
    for field in DecisionField.allCases {
      guard let node = fields[field], node.kind != .null else { continue }
      let text: String? =
        switch (field, node.kind) {
        case (.number, .number): node.numberText
        case (.anyway, .true), (.anyway, .false): node.truth == true ? "yes" : "no"
        default: reader.text(node).map { _ in node.withText { String(oneLine: $0) } }
        }
      if let text, !text.isEmpty { row.cells[field] = RequestedAct.Cell(column: nil, text: text) }
    }
    return row
  }
}
