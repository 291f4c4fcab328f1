using System.IO;
using System.Text.Json;

namespace InteropLab;

/// <summary>What the runner reads: one JSON object a line, there at once.</summary>
internal static class JsonLine
{
    public static void Write<T>(Stream output, T line)
    {
        JsonSerializer.Serialize(output, line, PlanJson.Of<T>());
        output.WriteByte((byte)'\n');
        output.Flush();
    }
}
