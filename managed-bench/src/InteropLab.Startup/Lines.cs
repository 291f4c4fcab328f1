using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace InteropLab.Startup;

/// <summary>What the runner reads: JSON objects, one a line, written all at once when everything is known.</summary>
internal sealed class Lines
{
    public const int Schema = 1;

    private readonly StringBuilder _text = new();

    public void Hello(string framework, bool aheadOfTime, bool precompiled, int resolved, string implementation) => Line(
        $$"""{"kind":"hello","schema":{{Schema}},"framework":"{{framework}}","aot":{{Word(aheadOfTime)}},"precompiled":{{Word(precompiled)}},"resolved":{{resolved}},"impl":"{{implementation}}","contract":"{{Agreed.Contract:x16}}"}""");

    public void Event(string role, double ns) =>
        Line(string.Create(CultureInfo.InvariantCulture, $$"""{"kind":"event","role":"{{role}}","calls":1,"ns":{{ns}}}"""));

    public void Count(string name, long value, string unit) =>
        Line(string.Create(CultureInfo.InvariantCulture, $$"""{"kind":"count","name":"{{name}}","value":{{value}},"unit":"{{unit}}"}"""));

    public void Done() => Line("""{"kind":"done"}""");

    public void Write()
    {
        using Stream output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(_text.ToString()));
    }

    private static string Word(bool value) => value ? "true" : "false";

    private void Line(string line) => _text.Append(line).Append('\n');
}
